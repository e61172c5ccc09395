/** A new id for what is sent off. `crypto.randomUUID` is missing where the console is served without TLS, and in older browsers. */
export const newId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
