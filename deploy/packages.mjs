import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'

/** A package that is needed only while another is installed. */
const installing = new Set(['prebuild-install'])
/** Of no use to a program that runs. */
const idle =
  /(\.d\.[cm]?ts|\.ts|\.map|\.flow|\.tsbuildinfo)$|^(readme|changelog|history|migration_guide|contributing)\b.*|^(test|tests|docs|doc|example|examples|benchmark|types|\.github)$/i
/** Native code: what was compiled, without what it was compiled from. */
const native = {
  'better-sqlite3': /^(package\.json|LICENSE|lib(\/.*)?|build|build\/Release|build\/Release\/better_sqlite3\.node)$/,
}

const manifestOf = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))

/** Where Node finds a package that a file in `from` names; undefined where it does not. */
const foundFrom = (root, from, name) => {
  for (let folder = from; ; folder = dirname(folder)) {
    const found = join(folder, 'node_modules', name)
    if (existsSync(join(found, 'package.json'))) return found
    if (relative(root, folder) === '') return undefined
  }
}

/** The folders of packages and of all that they need, from `root`, sorted. @throws Error where one that is needed is not installed */
export const packagesWith = (root, names) => {
  const found = new Map()
  const add = (name, from, needed) => {
    const folder = foundFrom(root, from, name)
    if (!folder && needed) throw new Error(`${name} is not installed: npm ci`)
    if (!folder || found.has(folder)) return
    const manifest = manifestOf(folder)
    found.set(folder, manifest)
    for (const next of Object.keys(manifest.dependencies ?? {})) if (!installing.has(next)) add(next, folder, true)
    for (const next of Object.keys(manifest.optionalDependencies ?? {})) add(next, folder, false)
  }
  for (const name of names) add(name, root, true)
  return [...found.keys()].map((folder) => relative(root, folder)).sort()
}

/** Copies packages under their places into `to`, with what runs of them. */
export const copyPackages = (root, folders, to) => {
  for (const folder of folders) {
    const own = native[manifestOf(join(root, folder)).name]
    const from = join(root, folder)
    const filter = (path) => {
      const inside = relative(from, path)
      if (inside === '') return true
      if (own) return own.test(inside)
      return basename(path) !== 'node_modules' && !idle.test(basename(path))
    }
    cpSync(from, join(to, folder), { recursive: true, dereference: true, filter })
  }
}

const licenceFile = /^(licen[cs]e|copying|notice)\b/i

/** Name, version, licence and its text of every package, as one page. */
export const licencesOf = (root, folders) => {
  const all = folders.map((folder) => {
    const { name, version, license, licenses } = manifestOf(join(root, folder))
    const said = license ?? licenses?.map(({ type }) => type).join(' OR ') ?? '?'
    const texts = readdirSync(join(root, folder))
      .filter((file) => licenceFile.test(file))
      .map((file) => readFileSync(join(root, folder, file), 'utf8').trim())
    return { name, version, licence: typeof said === 'string' ? said : said.type, texts }
  })
  const byName = new Map(all.map((one) => [`${one.name} ${one.version}`, one]))
  const each = [...byName.keys()].sort().map((key) => byName.get(key))
  const rows = each.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`)
  const texts = each.map(
    ({ name, version, texts }) => `## ${name} ${version}\n\n${texts.join('\n\n') || '（包内没有许可证全文）'}\n`,
  )
  return `# 第三方软件和许可证\n\n| 软件 | 版本 | 许可证 |\n| --- | --- | --- |\n${rows.join('\n')}\n\n${texts.join('\n')}`
}
