import assert from "node:assert/strict"
import { test } from "node:test"
import { drawPackshot } from "../index.ts"
import { SHAPES } from "./shapes.ts"

const colours = ["#f7d9e3", "#9c2f5a", "#c86b93"]

test("every package is drawn, differently, in less than three kilobytes", () => {
  const drawn = Object.keys(SHAPES).map((shape) => drawPackshot({ shape, colours, brand: "Мила", line: "Лён и мёд" }))
  assert.equal(new Set(drawn).size, drawn.length)
  for (const svg of drawn) {
    assert.ok(svg.startsWith("<svg") && svg.endsWith("</svg>") && svg.length < 3_500, String(svg.length))
    assert.doesNotMatch(svg, /undefined|NaN/)
  }
})

test("words go onto a package as words, colours only as colours", () => {
  const svg = drawPackshot({
    shape: "jar",
    colours: ['red"/><script>', "#ffffff"],
    brand: '<script>alert("1")</script>',
    line: "L'Oréal & Co",
  })
  assert.doesNotMatch(svg, /<script/)
  assert.match(svg, /&lt;script&gt;/)
  assert.match(svg, /L&#39;Oréal &amp; Co/)
})

test("a package nobody can draw is a box", () => {
  const words = { colours, brand: "Мила", line: "" }
  assert.equal(drawPackshot({ shape: "zeppelin", ...words }), drawPackshot({ shape: "box", ...words }))
})
