/** A file, wherever it lies: read from its beginning on, or in parts. */
export type Bytes = {
  size: number
  stream(from?: number, to?: number): AsyncIterable<Buffer>
}

const STEP = 1_048_576

/** Text or bytes there already. */
export function bytesOf(content: string | Buffer): Bytes {
  const whole = Buffer.from(content as string)
  return {
    size: whole.length,
    async *stream(from = 0, to = whole.length) {
      for (let at = from; at < to; at += STEP) yield whole.subarray(at, Math.min(to, at + STEP))
    },
  }
}

/** The beginning of a file. */
export async function headOf(bytes: Bytes, length: number): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of bytes.stream(0, Math.min(length, bytes.size))) parts.push(part)
  return Buffer.concat(parts)
}
