import { heightAt, MERGED, type Paragraph } from './source.ts'
import { escaped } from './zip.ts'

export interface SitePage {
  title: string
  /** What the site's table above the document says: 索引号, 文号, 发布机构, 成文日期. */
  facts: [label: string, value: string][]
  paragraphs: Paragraph[]
  rows?: string[][]
}

/** A page as saved from a government site: navigation, the place in the site, side bar and foot around the document. */
export function writeHtml({ title, facts, paragraphs, rows = [] }: SitePage): Uint8Array {
  const fact = ([label, value]: [string, string]) => `<td>${label}：</td><td>${escaped(value)}</td>`
  const pairs = facts.flatMap((_, i) => (i % 2 === 0 ? [facts.slice(i, i + 2)] : []))
  const page = `<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>${escaped(title)}-云岭市人民政府</title>
<style>body { font-family: serif } td { border: 1px solid }</style>
<script>var page = '<p>不是正文</p>'</script>
</head>
<body>
<div class="header"><a href="/">云岭市人民政府</a><form action="/search"><input name="q"><button>搜索</button></form></div>
<ul class="nav"><li><a href="/">首页</a></li><li><a href="/zwgk">政务公开</a></li><li><a href="/bsfw">办事服务</a></li><li><a href="/hdjl">互动交流</a></li></ul>
<div class="dqwz">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk">政务公开</a> &gt; <a href="/zcwj">政策文件</a></div>
<div class="main">
<div class="left-menu"><a href="/zn">公开指南</a><a href="/ml">公开目录</a><a href="/ysq">依申请公开</a><a href="/nb">公开年报</a></div>
<div class="article">
<table class="facts">${pairs.map((pair) => `<tr>${pair.map(fact).join('')}</tr>`).join('')}</table>
<div class="tools">字号：【大 中 小】 <a href="#">打印</a> <a href="#">关闭</a></div>
<div class="TRS_Editor">
${paragraphs.map(paragraph).join('\n')}
${rows.length > 0 ? tableOf(rows) : ''}
</div>
</div>
</div>
<div class="share">分享到：<a href="#">微信</a> <a href="#">微博</a></div>
<div class="footer"><p>主办：云岭市人民政府办公室　技术支持：云岭市数据局</p><p>网站地图 | 联系我们 | 网站标识码 0000000000</p></div>
</body>
</html>
`
  return new TextEncoder().encode(page)
}

const ALIGNED = { title: 'center', centre: 'center', right: 'right', left: 'left', body: 'justify' }

function paragraph({ kind, text }: Paragraph): string {
  const indent = kind === 'body' ? '&emsp;&emsp;' : ''
  const words =
    kind === 'title' ? `<strong>${escaped(text)}</strong>` : escaped(text).replace(/ {2,}/g, '&nbsp;&nbsp;&nbsp;&nbsp;')
  return `<p style="text-align: ${ALIGNED[kind]}">${indent}${words}</p>`
}

function tableOf(rows: string[][]): string {
  const body = rows.map((row, r) => {
    const cells = row.map((text, c) => {
      const height = heightAt(rows, r, c, MERGED)
      if (height === 0) return ''
      return `<td${height > 1 ? ` rowspan="${height}"` : ''}>${escaped(text)}</td>`
    })
    return `<tr>${cells.join('')}</tr>`
  })
  return `<table>\n${body.join('\n')}\n</table>`
}
