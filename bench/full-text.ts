import type { Db } from "@mila/kernel"
import type { SearchQuery } from "@mila/search"

type Text = { no: number; name: { ru: string }; brand: string | null; category: string | null }

let tables = 0

/** What PostgreSQL can do by itself: a tsvector with a GIN index, all words first, then any, by ts_rank; brands and categories counted. */
export class FullText {
  readonly #db: Db
  readonly #table: string
  readonly #language: string

  private constructor(db: Db, table: string, language: string) {
    this.#db = db
    this.#table = table
    this.#language = language
  }

  static async over(db: Db, documents: readonly Text[], language: "russian" | "english" = "russian"): Promise<FullText> {
    const table = `full_text_${(tables += 1)}`
    const { pool } = db
    await pool.query(`create table ${table} (no bigint primary key, brand text, category text, words tsvector not null)`)
    for (let from = 0; from < documents.length; from += 10_000) {
      const some = documents.slice(from, from + 10_000)
      await pool.query(
        `insert into ${table} select d.no, d.brand, d.category, setweight(to_tsvector($5, d.name), 'A') || setweight(to_tsvector('simple', coalesce(d.brand, '')), 'A')
                || setweight(to_tsvector($5, coalesce(d.category, '')), 'B') from unnest($1::bigint[], $2::text[], $3::text[], $4::text[]) d(no, name, brand, category)`,
        [
          some.map(({ no }) => no),
          some.map(({ name }) => name.ru),
          some.map(({ brand }) => brand),
          some.map(({ category }) => category),
          language,
        ],
      )
    }
    await pool.query(`create index on ${table} using gin (words)`)
    await pool.query(`analyze ${table}`)
    return new FullText(db, table, language)
  }

  async search({ text = "", limit = 24 }: SearchQuery): Promise<number[]> {
    const { rows } = await this.#db.pool.query<{ items: string[] }>(
      `with asked as (select plainto_tsquery($2::regconfig, $1) every, replace(plainto_tsquery($2::regconfig, $1)::text, '&', '|')::tsquery any_of),
            hits as materialized (select no, brand, category, ts_rank(words, any_of) rank from ${this.#table}, asked where words @@ any_of),
            brands as (select brand, count(*) from hits group by brand), categories as (select category, count(*) from hits group by category)
       select array(select no from hits order by rank desc, no limit $3) items, (select count(*) from brands) brands, (select count(*) from categories) categories`,
      [text, this.#language, limit],
    )
    return rows[0]!.items.map(Number)
  }
}
