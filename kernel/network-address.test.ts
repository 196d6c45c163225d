import assert from "node:assert/strict"
import { test } from "node:test"
import { canonicalAddress, networkOf } from "./network-address.ts"

test("A51: one address in all its spellings is one address", () => {
  const four = ["203.0.113.7", " 203.0.113.7 ", "203.0.113.7:4431", "::ffff:203.0.113.7", "::FFFF:cb00:7107", "[::ffff:203.0.113.7]:443"]
  assert.deepEqual(new Set(four.map(canonicalAddress)), new Set(["203.0.113.7"]))
  const six = ["2001:db8::1", "2001:0DB8:0:0:0:0:0:1", "[2001:db8::1]", "[2001:DB8::0001]:8443", "2001:db8::1%eth0", "2001:db8:0::0:1"]
  assert.deepEqual(new Set(six.map(canonicalAddress)), new Set(["2001:db8:0:0:0:0:0:1"]))
  assert.equal(canonicalAddress("::"), "0:0:0:0:0:0:0:0")
})

test("what is no address is none", () => {
  for (const text of ["", "unknown", "_hidden", "203.0.113.007", "203.0.113", "0xcb.0.113.7", "localhost", "::1::", "a".repeat(5_000)])
    assert.equal(canonicalAddress(text), undefined, text.slice(0, 20))
})

test("A51: a household is one network, whatever the spelling of its address", () => {
  assert.equal(networkOf("93.84.12.7"), networkOf("::ffff:93.84.12.250"))
  assert.notEqual(networkOf("93.84.12.7"), networkOf("93.84.13.7"))
  assert.equal(networkOf("2001:db8::1"), networkOf("2001:0DB8:0:0:ffff::2"))
  assert.equal(networkOf("fe80::1%eth0"), "fe80:0:0:0")
  assert.notEqual(networkOf("2001:db8:0:1::1"), networkOf("2001:db8::1"))
})
