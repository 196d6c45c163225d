/** Brands nobody makes, and what each sells: roots of categories. `level` moves the price. */
export const BRANDS: readonly { name: string; sells: readonly string[]; level: number }[] = [
  { name: "Верасень Лаб", sells: ["face", "body"], level: 1.15 },
  { name: "Лунная ніва", sells: ["face", "body", "hair"], level: 0.9 },
  { name: "Папараць", sells: ["face", "hair", "body"], level: 1 },
  { name: "Рутвіца", sells: ["body", "hair", "kids"], level: 0.8 },
  { name: "Narošč", sells: ["face", "men"], level: 1.3 },
  { name: "Kaviardze", sells: ["makeup"], level: 1 },
  { name: "Velmira Noir", sells: ["makeup", "perfume"], level: 1.6 },
  { name: "Tintelle", sells: ["makeup", "hair/colour"], level: 0.85 },
  { name: "Belasvet", sells: ["home", "hygiene"], level: 0.9 },
  { name: "Чысцюля", sells: ["home"], level: 0.75 },
  { name: "Bociek", sells: ["kids"], level: 1.05 },
  { name: "Zubr & Syn", sells: ["men"], level: 1.1 },
  { name: "Ollivane", sells: ["perfume", "body"], level: 1.5 },
  { name: "Dzianka", sells: ["hygiene", "body"], level: 0.7 },
  { name: "Sosnavy Bor", sells: ["hair", "body", "men"], level: 0.95 },
  { name: "Ambrelia", sells: ["face", "hair", "makeup"], level: 1.4 },
]
