/**
 * Something that must always be true, as a query that names the rows for which it is not. `invariant` is its number in the papers, I1 … I14; a query
 * may use $1 (0: everything is proved; else only what the ledger wrote since this id, in the five-minute check, which leaves long reading out) and $2
 * (now). `example` rows name things, never people.
 */
export type Invariant = { invariant: string; saying: string; query: string }

/** What a module can prove about its own tables, and figures to go with it: one row each, named by its columns. */
export type Proof = { invariants: readonly Invariant[]; figures: readonly string[] }

/** I12 of tables whose rows are added and stay (kernel.append_only): the programs may change none of them, and the guards against the owner stand. */
export function staysAsWritten(tables: readonly string[]): Invariant {
  const named = `unnest(array[${tables.map((table) => `'${table}'`).join(", ")}])`
  return {
    invariant: "I12",
    saying: `rows of ${tables.join(", ")} are added and stay`,
    query: `select t || ' may be changed by ' || p from ${named} t, unnest(array['update', 'delete', 'truncate']) p
             where has_table_privilege('mila_app', t, p) or p = 'update' and has_any_column_privilege('mila_app', t, p)
            union all
            select 'guard of ' || t from ${named} t
             where (select count(*) from pg_trigger where tgrelid = t::regclass and tgname in ('append_only', 'never_emptied') and tgenabled in ('O', 'A')) < 2`,
  }
}

const MOST_WAIT = "15 minutes"

/** I11 of what acts left for the worker: it is taken up in time. */
export const jobsAreTaken: Proof = {
  invariants: [
    {
      invariant: "I11",
      saying: "nothing that acts left waits longer than a quarter of an hour",
      query: `select 'job ' || id || ' ' || name from kernel.job where left_at < now() - interval '${MOST_WAIT}'`,
    },
  ],
  figures: [`select count(*) "jobs that wait" from kernel.job`],
}
