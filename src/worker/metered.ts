/** A D1 binding that counts its queries: each statement of a batch is one. */
export interface Metered {
  binding: D1Database
  /** Queries since the isolate began, whoever asked them. */
  queries(): number
}

type Statement = Pick<D1PreparedStatement, 'bind' | 'all' | 'raw' | 'run' | 'first'>

/** Counts what db/d1.ts asks: statements prepared, bound and run one by one, and batches of them. */
export const metered = (database: D1Database): Metered => {
  let queries = 0
  const own = new WeakMap<object, D1PreparedStatement>()
  const counted = (statement: D1PreparedStatement): Statement => {
    const ask =
      <A extends unknown[], R>(run: (...args: A) => R) =>
      (...args: A): R => {
        queries++
        return run(...args)
      }
    const face = {
      bind: (...params: unknown[]) => counted(statement.bind(...params)),
      all: ask(() => statement.all()),
      run: ask(() => statement.run()),
      raw: ask(() => statement.raw()),
      first: ask(() => statement.first()),
    }
    own.set(face, statement)
    return face as unknown as Statement
  }
  const binding = {
    prepare: (sql: string) => counted(database.prepare(sql)),
    batch: (statements: object[]) => {
      queries += statements.length
      return database.batch(statements.flatMap((face) => own.get(face) ?? []))
    },
  }
  return { binding: binding as unknown as D1Database, queries: () => queries }
}
