/** zod's `z` holds its messages in some fifty languages; no one ever sees any but the English. */
export const oneLocale = {
  name: 'one-locale',
  setup({ onLoad }) {
    onLoad({ filter: /zod\/v4\/locales\/index\.js$/ }, () => ({ contents: `export { default as en } from './en.js'` }))
  },
}
