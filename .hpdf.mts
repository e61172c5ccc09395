import { zlibSync } from 'fflate'
import { readPdf } from '/work/main/src/plan/readers/pdf.ts'
const enc = new TextEncoder()
const pdfOf = (content: Uint8Array, filter = '/Filter /FlateDecode') => {
  const head = enc.encode(`%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Count 1 /Kids [3 0 R] >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> /Contents 4 0 R >>\nendobj\n4 0 obj\n<< /Length ${content.length} ${filter} >>\nstream\n`)
  const tail = enc.encode(`\nendstream\nendobj\ntrailer\n<< /Size 5 /Root 1 0 R >>\n%%EOF\n`)
  const out = new Uint8Array(head.length + content.length + tail.length); out.set(head); out.set(content, head.length); out.set(tail, head.length + content.length); return out
}
const big = (unit: string, n: number) => enc.encode(unit.repeat(Math.floor(n / unit.length)))
const cases: Record<string, () => Uint8Array> = {
  random: () => Uint8Array.from({ length: 5_000_000 }, (_, i) => (i * 7919) & 255),
  pdfhead: () => enc.encode('%PDF-1.4\n' + '1 0 obj <<'.repeat(1_000_000)),
  nested: () => enc.encode('%PDF-1.4\n1 0 obj ' + '['.repeat(5_000_000)),
  bomb100: () => pdfOf(zlibSync(big(' ', 100_000_000))),
  bombtext: () => pdfOf(zlibSync(big('BT /F1 12 Tf 72 700 Td (Hello) Tj ET ', 50_000_000))),
  bomblines: () => pdfOf(zlibSync(big('0 0 m 10 0 l S ', 50_000_000))),
  bomblinestext: () => pdfOf(zlibSync(enc.encode('BT /F1 12 Tf 72 700 Td (Hello this is text) Tj ET ' + '0 0 m 10 0 l S '.repeat(3_000_000)))),
  truncated: () => pdfOf(zlibSync(big('BT /F1 12 Tf 72 700 Td (Hello) Tj ET ', 5000))).subarray(0, 300),
  qs: () => pdfOf(zlibSync(big('q ', 20_000_000))),
}
for (const [k, make] of Object.entries(cases)) { const b = make(); const t = performance.now(); let r = ''; try { const s = await readPdf(b); r = 'blocks ' + s.blocks.length } catch (e) { r = (e as Error).name + ' ' + (e as Error).message.slice(0, 80) } console.log(k, b.length, Math.round(performance.now() - t), 'ms', r) }
