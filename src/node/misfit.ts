const here = () =>
  `Node.js ${process.versions.node}（ABI ${process.versions.modules}，${process.platform}-${process.arch}）`

/** What there is to do where a native part cannot be loaded into this Node.js, in one line; undefined for any other error. */
export const misfitOf = (error: unknown): string | undefined => {
  if (!(error instanceof Error)) return undefined
  const absent = error.message.startsWith('Could not locate the bindings file')
  if (!absent && (error as { code?: string }).code !== 'ERR_DLOPEN_FAILED') return undefined
  const [, abi] = /NODE_MODULE_VERSION (\d+)/.exec(error.message) ?? []
  const other = absent ? '没有编译出来' : `装载不了（${error.message.split('\n')[0]}）`
  const why = abi ? `是给 ABI ${abi} 的 Node.js 编译的` : other
  const what = abi
    ? `换用 ABI ${abi} 的 Node.js，或换成 ABI ${process.versions.modules} 的安装包`
    : '换成合本机的安装包'
  return `数据库驱动 better-sqlite3 ${why}，这里是 ${here()}：请${what}；从源码安装的，执行 npm rebuild better-sqlite3`
}

/** What is wrong with a version of Node.js (`24.21.0`) for this kind of database; undefined where nothing is. */
export const troubleOf = (dialect: string, version = process.versions.node): string | undefined =>
  dialect === 'sqlite' && Number(version.split('.')[0]) >= 24
    ? `Node.js ${version} 与 better-sqlite3 12 不合，进程会突然中止：请换用 Node.js 22 或 20`
    : undefined
