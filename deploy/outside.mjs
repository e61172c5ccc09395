/** Not in the bundle: native code, or so large that only its first use should pay for reading it. Everything else starts faster bundled. */
export const outside = ['better-sqlite3', '@larksuiteoapi/node-sdk', '@resvg/resvg-wasm', 'pg-native', 'wechaty']
