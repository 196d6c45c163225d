export type Arguments = { words: string[]; options: Map<string, string> }

/** `words --name value --flag`: a flag has the value "yes". */
export function argumentsOf(argv: readonly string[]): Arguments {
  const words: string[] = []
  const options = new Map<string, string>()
  for (let place = 0; place < argv.length; place += 1) {
    const word = argv[place]!
    if (!word.startsWith("--")) {
      words.push(word)
      continue
    }
    const [name = "", given] = word.slice(2).split(/=(.*)/s, 2)
    const next = argv[place + 1]
    if (given !== undefined) options.set(name, given)
    else if (next !== undefined && !next.startsWith("--")) {
      options.set(name, next)
      place += 1
    } else options.set(name, "yes")
  }
  return { words, options }
}
