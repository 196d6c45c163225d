// Everything the product says of itself in its OpenAPI documents, as requests a stranger may send.

const DOCUMENTS = [
  ["tills", "/pos/v1/openapi.json", "/pos/v1"],
  ["office", "/office/v1/openapi.json", ""],
  ["account", "/api/v1/openapi.json", "/api/v1"],
  ["shop", "/api/v1/catalog.json", "/api/v1"],
] as const

export type Operation = {
  door: (typeof DOCUMENTS)[number][0]
  method: string
  /** with {parameters} */
  path: string
  parameters: { name: string; in: "query" | "path" | "header"; schema: Schema }[]
  /** of a JSON body, with references followed; undefined when none is taken */
  body: Schema | undefined
}

export type Schema = {
  type?: string | string[]
  format?: string
  enum?: unknown[]
  const?: unknown
  pattern?: string
  minimum?: number
  minLength?: number
  maxLength?: number
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  additionalProperties?: Schema | boolean
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  example?: unknown
  $ref?: string
}

/** Every operation of every document a running system shows. */
export async function operationsAt(url: string): Promise<Operation[]> {
  const found: Operation[] = []
  for (const [door, address, root] of DOCUMENTS) {
    const document = (await (await fetch(url + address)).json()) as any
    const follow = (schema: any, depth = 0): any => {
      if (schema === null || typeof schema !== "object" || depth > 12) return schema
      if (typeof schema.$ref === "string") return follow(document.components.schemas[schema.$ref.split("/").at(-1)], depth + 1)
      if (Array.isArray(schema)) return schema.map((one) => follow(one, depth + 1))
      return Object.fromEntries(Object.entries(schema).map(([name, held]) => [name, follow(held, depth + 1)]))
    }
    for (const [path, methods] of Object.entries<any>(document.paths)) {
      for (const [method, operation] of Object.entries<any>(methods)) {
        found.push({
          ...{ door, method: method.toUpperCase(), path: path.startsWith(root) ? path : root + path },
          parameters: (operation.parameters ?? []).map((one: any) => follow(one)),
          body: follow(operation.requestBody?.content?.["application/json"]?.schema),
        })
      }
    }
  }
  return found
}

/** The operation's address with what nobody has in the place of each parameter, `given` aside. */
export function addressOf({ path }: Pick<Operation, "path">, given: Readonly<Record<string, string>> = {}): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(given[name] ?? "999999"))
}
