import Database from 'better-sqlite3'

/** Notes every row of every table; the returned function puts them back, behind the store's back. */
export const keepState = (path: string) => {
  const client = new Database(path)
  client.pragma('foreign_keys = OFF')
  client.exec("attach ':memory:' as kept")
  const tables = client
    .prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite%'")
    .pluck()
    .all() as string[]
  for (const table of tables) client.exec(`create table kept."${table}" as select * from main."${table}"`)
  client.pragma('synchronous = OFF')
  const steps = tables.flatMap((table) => [
    client.prepare(`delete from main."${table}"`),
    client.prepare(`insert into main."${table}" select * from kept."${table}"`),
  ])
  return client.transaction(() => {
    for (const step of steps) step.run()
  })
}
