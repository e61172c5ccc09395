/** A value that one of the three databases cannot hold, so that none of them takes it: a bug of the caller. */
export class Unstorable extends Error {
  override name = 'Unstorable'
}

/** The database is newer than the program, or older and not ours to change. */
export class WrongVersion extends Error {
  override name = 'WrongVersion'
}
