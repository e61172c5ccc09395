/** Hands a file that the server made to the browser's downloads. */
export const saveFile = async (response: Response, name: string): Promise<void> => {
  const url = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has its own hold on it by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
