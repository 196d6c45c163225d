import { closeTestDatabases, ownDb } from "@mila/db/testing"
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { connect, DatabaseAway, inTransaction, isDatabaseAway, together, type Tx } from "./db.ts"
import { reading } from "./reading.ts"
import { Refusal } from "./refusal.ts"

const { db, owner, url, drop } = await ownDb()
await owner.pool.query("create table public.thing (id int primary key, held int not null); grant all on public.thing to mila_app")
after(async () => {
  await drop()
  await closeTestDatabases()
})

const held = async (id: number): Promise<number | undefined> =>
  (await owner.pool.query("select held from public.thing where id = $1", [id])).rows[0]?.held

test("a transaction is all of its work or none: what a refusal interrupts leaves nothing, and the connection serves on", async () => {
  const refused = inTransaction(db, async ({ client }) => {
    await client.query("insert into public.thing values (1, 1)")
    throw new Refusal("no")
  })
  await assert.rejects(refused, { code: "no" })
  assert.equal(await held(1), undefined)
  await inTransaction(db, ({ client }) => client.query("insert into public.thing values (1, 1)"))
  assert.equal(await held(1), 1)
})

test("a transaction that reads first is all or nothing too, and nothing of it is done when it could not begin", async () => {
  const reading = { readsFirst: true }
  const refused = inTransaction(
    db,
    async ({ client }) => {
      await Promise.all([client.query("select 1"), client.query("select 2")])
      await client.query("insert into public.thing values (20, 1)")
      throw new Refusal("no")
    },
    reading,
  )
  await assert.rejects(refused, { code: "no" })
  assert.equal(await held(20), undefined)

  const single = connect({ url, name: "single", secrets: db.secrets, max: 1 })
  const client = await single.pool.connect()
  const query = client.query.bind(client) as (text: unknown) => unknown
  client.query = ((text: unknown) => query(text === "begin" ? "begin nonsense" : text)) as typeof client.query
  client.release()
  const twoSteps = async (tx: Tx) => {
    await tx.client.query("select 1")
    await tx.client.query("insert into public.thing values (21, 1)")
  }
  await assert.rejects(inTransaction(single, twoSteps, reading))
  assert.equal(await held(21), undefined)
  await inTransaction(single, twoSteps, reading)
  assert.equal(await held(21), 1, "a new connection serves on")
  await single.close()
})

test("what only reads is asked without a transaction; what would write or lock is not sent, and the connection serves on", async () => {
  await owner.pool.query("insert into public.thing values (30, 7)")
  const read = (text: string) => reading(db, ({ client }) => client.query<{ held: number }>(text))
  assert.equal((await read("select held from public.thing where id = 30")).rows[0]?.held, 7)
  const inside = await reading(db, ({ client }) =>
    client.query("select pg_current_xact_id_if_assigned() id, now() = statement_timestamp() alone"),
  )
  assert.deepEqual(inside.rows, [{ id: null, alone: true }])
  for (const writes of [
    "insert into public.thing values (31, 1)",
    "update public.thing set held = 0",
    "with gone as (delete from public.thing returning id) select * from gone",
    "with more as (update public.thing t set held = 0 returning id) select * from more",
    "select held from public.thing for update",
    "select pg_advisory_xact_lock(1)",
  ])
    await assert.rejects(read(writes), /what only reads asks/)
  assert.equal(await held(30), 7)
  await assert.rejects(read("select nonsense"), { code: "42703" })
  await owner.pool.query("delete from public.thing")
  assert.equal((await read("select held from public.thing")).rows.length, 0, "each statement sees its own moment")
})

test("when one of those under way together fails, what the others still ask is over before the transaction is", async () => {
  const refused = inTransaction(db, ({ client }) => {
    const asksOn = async () => {
      await client.query("select pg_sleep(0.1)")
      await client.query("insert into public.thing values (22, 1)")
    }
    const saysNo = async () => {
      await client.query("select 1")
      throw new Refusal("no")
    }
    return together([saysNo(), asksOn()])
  })
  await assert.rejects(refused, { code: "no" })
  await new Promise((wake) => setTimeout(wake, 300))
  assert.equal(await held(22), undefined)
})

test("a deadlock is tried again as a whole, and both sides come through", async () => {
  await owner.pool.query("insert into public.thing values (10, 0), (11, 0)")
  let tries = 0
  const bothHold = Promise.withResolvers<void>()
  const both = (first: number, second: number) =>
    inTransaction(db, async ({ client }) => {
      await client.query("update public.thing set held = held + 1 where id = $1", [first])
      if ((tries += 1) === 2) bothHold.resolve()
      await bothHold.promise
      await client.query("update public.thing set held = held + 1 where id = $1", [second])
    })
  await Promise.all([both(10, 11), both(11, 10)])
  assert.deepEqual([await held(10), await held(11)], [2, 2])
  assert.ok(tries > 2, "nobody had to try again: the test proves nothing")
})

test("a conflict that never ends is given up after five tries", async () => {
  let tries = 0
  const never = inTransaction(db, async ({ client }) => {
    tries += 1
    await client.query("do $$ begin raise serialization_failure; end $$")
  })
  await assert.rejects(never, { code: "40001" })
  assert.equal(tries, 5)
})

test("a connection that is cut is told as the database being away, is never used again, and the pool heals", async () => {
  const cut = inTransaction(db, async ({ client }) => {
    const { rows } = await client.query("select pg_backend_pid() pid")
    await owner.pool.query("select pg_terminate_backend($1)", [rows[0].pid])
    await client.query("select 1")
  })
  await assert.rejects(cut, DatabaseAway)
  const { rows } = await inTransaction(db, ({ client }) => client.query("select 1 one"))
  assert.equal(rows[0].one, 1)
})

test("a server that does not answer in time is away, and its late answer is nobody else's", async () => {
  const impatient = connect({
    url: owner.pool.options.connectionString!,
    name: "impatient",
    secrets: db.secrets,
    max: 1,
    queryTimeoutMs: 1_000,
  })
  await assert.rejects(
    inTransaction(impatient, ({ client }) => client.query("select pg_sleep(2), 'late' word")),
    DatabaseAway,
  )
  const { rows } = await inTransaction(impatient, ({ client }) => client.query("select 'mine' word"))
  assert.deepEqual(rows, [{ word: "mine" }])
  await impatient.close()
})

test("what is the request's own fault is not taken for an absent database", () => {
  for (const code of ["23505", "23514", "22003", "42501"]) assert.equal(isDatabaseAway({ code }), false, code)
  for (const code of ["57P01", "57P03", "08006", "53300", "ECONNREFUSED", "ENOENT", "25006"])
    assert.equal(isDatabaseAway({ code }), true, code)
})

test("numbers of the database arrive as numbers, and one that would lose digits is refused", async () => {
  const { rows } = await owner.pool.query("select 9007199254740991::bigint exact, date '2026-11-23' as day")
  assert.deepEqual(rows, [{ exact: 9_007_199_254_740_991, day: "2026-11-23" }])
  await assert.rejects(owner.pool.query("select 9007199254740993::bigint"), /beyond 2\^53/)
})
