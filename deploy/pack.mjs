import { createHash, getHashes } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { create } from 'tar'
import { outside } from './outside.mjs'
import { copyPackages, licencesOf, packagesWith } from './packages.mjs'

// node deploy/pack.mjs [PACKAGE…] → release/duban-VERSION-PLATFORM-abiN.tgz: all that `node dist/cli.js` needs on a machine without
// network, and no more. --folder OUT puts it there unpacked (the image); --out FOLDER elsewhere. After `npm run build`.
const root = fileURLToPath(new URL('..', import.meta.url))
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { folder: { type: 'string' }, out: { type: 'string', default: 'release' } },
})
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const { glibcVersionRuntime: glibc } = process.report.getReport().header
const name = [
  ...['duban', manifest.version, process.platform, process.arch],
  ...(process.platform === 'linux' && !glibc ? ['musl'] : []),
  `abi${process.versions.modules}`,
].join('-')

/** What anybody who installs it may want to read or use, beside the program. */
const beside = ['README.md', 'LICENSE', 'docs', 'deploy', 'src/draw/paint.mjs']
/** The workshop's own. */
const workshop = new Set(['pack.mjs', 'packages.mjs', 'outside.mjs', 'check-image.sh', 'check-service.sh'])

const isExample = (path) => !/(^|\/)make(\.ts)?(\/|$)/.test(relative(join(root, 'examples'), path))
const isProgram = (path) => {
  const inside = relative(join(root, 'dist'), path)
  return !/^(bench|pictures)(\/|$)/.test(inside)
}

const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)))
    .sort()

const digestOf = (alg, path) => createHash(alg).update(readFileSync(path)).digest('hex')

const install = `# 安装

本目录是督办 ${manifest.version}，给 ${process.platform}-${process.arch}、Node.js ${process.versions.node.split('.')[0]}（ABI ${process.versions.modules}）${glibc ? `、glibc ${glibc} 或更新` : ''}的机器，不用联网。

1. 核对：\`sha256sum -c --quiet SHA256SUMS\`，国密的是 \`cksum -c SM3SUMS\`（coreutils 9 以上）。
2. 检查：\`node dist/cli.js doctor\`。Node.js 的版本不合会说明。
3. 启动：\`node dist/cli.js serve\`；演示是 \`node dist/cli.js serve --demo\`。

放到服务器上、升级、退回旧版，见 docs/deploy.md。所用的第三方软件和许可证见 THIRD-PARTY.md 和 dist/web/licences.md。
`

const fill = (folder) => {
  for (const needed of ['dist/cli.js', 'dist/web/index.html', 'dist/bundled.json'])
    if (!existsSync(join(root, needed))) throw new Error(`${needed} is missing: npm run build`)
  const roots = [...outside.filter((each) => manifest.dependencies[each]), ...positionals]
  const packages = packagesWith(root, roots)
  const bundled = JSON.parse(readFileSync(join(root, 'dist/bundled.json'), 'utf8'))
  mkdirSync(folder, { recursive: true })
  cpSync(join(root, 'dist'), join(folder, 'dist'), { recursive: true, filter: isProgram })
  cpSync(join(root, 'examples'), join(folder, 'examples'), { recursive: true, filter: isExample })
  for (const path of beside)
    cpSync(join(root, path), join(folder, path), { recursive: true, filter: (each) => !workshop.has(basename(each)) })
  copyPackages(root, packages, folder)
  const versionOf = (each) => JSON.parse(readFileSync(join(root, 'node_modules', each, 'package.json'), 'utf8')).version
  const { version, license, type, bin, engines } = manifest
  const own = {
    ...{ name: 'duban', version, license, private: true, type, bin, engines },
    scripts: { duban: 'node dist/cli.js', start: 'node dist/cli.js serve --demo' },
    dependencies: Object.fromEntries(roots.map((each) => [each, versionOf(each)])),
  }
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(own, null, 2)}\n`)
  writeFileSync(join(folder, 'THIRD-PARTY.md'), licencesOf(root, [...new Set([...bundled, ...packages])].sort()))
  writeFileSync(join(folder, 'INSTALL.md'), install)
  const files = filesIn(folder)
  const lines = (alg, line) => `${files.map((path) => line(path, digestOf(alg, join(folder, path)))).join('\n')}\n`
  writeFileSync(
    join(folder, 'SHA256SUMS'),
    lines('sha256', (path, hex) => `${hex}  ${path}`),
  )
  if (getHashes().includes('sm3'))
    writeFileSync(
      join(folder, 'SM3SUMS'),
      lines('sm3', (path, hex) => `SM3 (${path}) = ${hex}`),
    )
  return { files: files.length, packages: packages.length }
}

if (values.folder) {
  const { files, packages } = fill(resolve(values.folder))
  console.log(`${values.folder}: ${files} files, ${packages} packages beside the bundle`)
} else {
  const stage = mkdtempSync(join(tmpdir(), 'duban-pack-'))
  try {
    const { files, packages } = fill(join(stage, name))
    const archive = resolve(values.out, `${name}.tgz`)
    mkdirSync(dirname(archive), { recursive: true })
    // The same files give the same archive, whoever packs them and when.
    const mtime = new Date(Number(process.env.SOURCE_DATE_EPOCH ?? Date.UTC(2026, 0) / 1000) * 1000)
    const paths = filesIn(stage)
    await create({ file: archive, cwd: stage, gzip: { level: 9 }, portable: true, noDirRecurse: true, mtime }, paths)
    const sum = digestOf('sha256', archive)
    writeFileSync(`${archive}.sha256`, `${sum}  ${basename(archive)}\n`)
    const size = (readFileSync(archive).length / 1e6).toFixed(1)
    console.log(`${archive}\n${files} files, ${packages} packages beside the bundle, ${size} MB\nsha256 ${sum}`)
  } finally {
    rmSync(stage, { recursive: true, force: true })
  }
}
