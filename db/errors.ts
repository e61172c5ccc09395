/** A value that one of the three databases cannot hold, so that none of them takes it: a bug of the caller. */
export class Unstorable extends Error {
  override name = 'Unstorable'
}

/** The database is newer than the program, or older and not ours to change. */
export class WrongVersion extends Error {
  override name = 'WrongVersion'
}

/** No connection was to be had in time, or the one that there was broke: nothing was answered. */
export class NoConnection extends Error {
  override name = 'NoConnection'
  constructor(
    /** `POOL_EXHAUSTED`: all of this process are in use; `ECONNTIMEOUT`, `ECONNLOST`: the server's side. */
    readonly code: 'POOL_EXHAUSTED' | 'ECONNTIMEOUT' | 'ECONNLOST',
    cause: unknown,
  ) {
    super(code, { cause })
  }
}

/** What stands sealed in the database cannot be opened with the keys at hand, or stands under another than it should. */
export class WrongKey extends Error {
  override name = 'WrongKey'
}
