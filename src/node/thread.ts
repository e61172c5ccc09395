/** In the bundle the folder of its chunks, from the repository's root; see build.mjs. */
const built = (import.meta as { out?: string }).out

/** Does the program run from the bundle, where a thread begins at once, and not by way of tsx? */
export const isBuilt = built !== undefined

/** The program of `NAME-thread.ts`: a chunk of the bundle, or its source. */
export const threadProgram = (name: string): URL =>
  new URL(isBuilt ? `../../${built}/${name}-thread.js` : `./${name}-source.mjs`, import.meta.url)
