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
    // Lighter ones are derived, which are too light under the mouse.
    ...{ colorLinkHover: '#084785', colorLinkActive: '#063462' },
    ...{ colorPrimaryHover: '#084785', colorPrimaryActive: '#063462' },
    colorTextSecondary: 'rgba(0, 0, 0, 0.65)',
    colorTextDescription: 'rgba(0, 0, 0, 0.65)',
    colorTextPlaceholder: 'rgba(0, 0, 0, 0.65)',
    colorError: '#cf1322',
    colorSuccess: '#237804',
    colorWarning: '#874d00',
    colorInfo: '#0b5cab',
    // What is derived from colours as dark as these is too grey for a ground.
    ...{ colorSuccessBg: '#f0f9eb', colorWarningBg: '#fffbe6', colorErrorBg: '#fff2f0', colorInfoBg: '#e8f2fc' },
    fontFamily: fonts.join(', '),
    borderRadius: 4,
    // Nothing moves where somebody asked the system for that.
    motion: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
  },
}

/** The lights as they are drawn, each with the word that stands beside it: never a colour alone. */
export const lightLook = {
  green: { colour: '#237804', word: '绿灯' },
  yellow: { colour: '#955500', word: '黄灯' },
  red: { colour: '#cf1322', word: '红灯' },
} as const
