/** The address of a server of this machine for a browser on it: one that listens everywhere is reached by the loopback, too. */
export const baseUrl = (host: string, port: number): string => {
  const own = ['0.0.0.0', '::', '[::]'].includes(host) ? '127.0.0.1' : host
  return `http://${own.includes(':') && !own.startsWith('[') ? `[${own}]` : own}:${port}`
}
