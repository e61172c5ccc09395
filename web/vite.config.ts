import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** Packages that change seldom and are large get files of their own, which browsers keep over releases. */
const apart = [
  // What the frame and the first page need of the components, with all that lies under it; the rest comes with its pages.
  {
    name: 'antd',
    test: /node_modules\/(@ant-design\/icons\/.*\/MenuOutlined|antd\/(locale|lib)\/|antd\/es\/(alert|app|button|card|config-provider|divider|drawer|dropdown|empty|flex|form|grid|input|layout|locale|menu|modal|progress|result|segmented|select|space|spin|theme|tooltip|typography)\/)/,
    priority: 20,
  },
  { name: 'antd-pages', test: /node_modules\/(antd|@ant-design|rc-|@rc-component)/, priority: 10 },
  { name: 'echarts', test: /node_modules\/(echarts|zrender)/ },
  { name: 'react', test: /node_modules\/(react|react-dom|react-router|scheduler|@tanstack)\// },
]

/** Each file also as .gz and .br, so that the server compresses nothing while it serves. */
const compressed: Plugin = {
  name: 'compressed',
  apply: 'build',
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      for (const [fileName, file] of Object.entries(bundle)) {
        const bytes = Buffer.from(file.type === 'chunk' ? file.code : file.source)
        const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })
        this.emitFile({ type: 'asset', fileName: `${fileName}.gz`, source: gzipSync(bytes) })
        this.emitFile({ type: 'asset', fileName: `${fileName}.br`, source: brotli })
      }
    },
  },
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), compressed],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    // Whose work is in the pages, with their licences.
    license: { fileName: 'licences.md' },
    // The browsers of the domestic desktops are built on Chromium of this age.
    target: 'chrome90',
    // A script written into the page would be refused by the page's own policy.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
    rolldownOptions: { output: { codeSplitting: { groups: apart } } },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8787' } },
})
