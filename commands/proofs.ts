/** The proofs that a text asks for (佐证：正式文件、网页截图), each by itself; undefined where it asks for none. */
export const proofsSaid = (text: string): string[] | undefined => {
  const said = /(?:佐证|证明)(?:材料)?(?:要求)?[^:：]{0,6}[:：]\s*([^;；。\n]+)/.exec(text)?.[1]
  const proofs = said
    ?.split(/[、,，和及]/)
    .map((one) => one.trim())
    .filter(Boolean)
  return proofs?.length ? [...new Set(proofs)] : undefined
}
