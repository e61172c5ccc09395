import type { ThemeConfig } from 'antd'

const fonts = [
  '"Noto Sans CJK SC"',
  '"Source Han Sans SC"',
  '"Microsoft YaHei"',
  '"PingFang SC"',
  '"WenQuanYi Micro Hei"',
  'sans-serif',
]

/** Colours that keep 4.5 : 1 on white; no font is fetched from anywhere. */
export const theme: ThemeConfig = {
  token: {
    colorPrimary: '#0b5cab',
    colorLink: '#0b5cab',
    colorError: '#cf1322',
    colorTextSecondary: 'rgba(0, 0, 0, 0.65)',
    colorTextDescription: 'rgba(0, 0, 0, 0.65)',
    fontFamily: fonts.join(', '),
    borderRadius: 4,
  },
}

/** The lights as they are drawn, each with the word that stands beside it: never a colour alone. */
export const lightLook = {
  green: { colour: '#237804', word: '绿灯' },
  yellow: { colour: '#ad6800', word: '黄灯' },
  red: { colour: '#cf1322', word: '红灯' },
} as const
