/** TypeScript without comments and without what stands in strings, every other sign in its place. */
export function codeOf(text: string): string {
  return text
    .replace(/\/\*[^]*?\*\//g, blank)
    .replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, blank)
    .replace(/`(?:[^`\\]|\\.)*`/g, blank)
    .replace(/(^|\s)\/\/.*$/gm, blank)
}

/** The same of SQL. */
export function sqlCodeOf(text: string): string {
  return text.replace(/--.*$/gm, blank).replace(/'(?:[^'\n]|'')*'/g, blank)
}

const blank = (found: string): string => found.replace(/[^\n]/g, " ")
