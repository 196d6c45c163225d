/** What a kind of goods is made of, INCI names in falling order; `{extract}` stands for what the line is about. */
export const COMPOSITIONS: Readonly<Record<string, string>> = {
  cream:
    "Aqua, Glycerin, Cetearyl Alcohol, Caprylic/Capric Triglyceride, {extract}, Butyrospermum Parkii Butter, Dimethicone, Glyceryl Stearate, Panthenol, Tocopheryl Acetate, Carbomer, Phenoxyethanol, Ethylhexylglycerin, Parfum, Linalool",
  "gel-cream":
    "Aqua, Glycerin, {extract}, Niacinamide, Squalane, Sodium Hyaluronate, Allantoin, Carbomer, Xanthan Gum, Sodium Hydroxide, Phenoxyethanol, Ethylhexylglycerin, Parfum",
  wash: "Aqua, Sodium Laureth Sulfate, Cocamidopropyl Betaine, Glycerin, {extract}, Sodium Chloride, Citric Acid, Sodium Benzoate, Potassium Sorbate, Parfum, Limonene",
  water: "Aqua, {extract}, Glycerin, Polysorbate 20, Panthenol, Allantoin, Sodium Benzoate, Potassium Sorbate, Citric Acid",
  lotion:
    "Aqua, Glycerin, Paraffinum Liquidum, Cetearyl Alcohol, {extract}, Dimethicone, Panthenol, Carbomer, Phenoxyethanol, Methylparaben, Parfum, Geraniol",
  oil: "{extract}, Helianthus Annuus Seed Oil, Prunus Amygdalus Dulcis Oil, Simmondsia Chinensis Seed Oil, Tocopherol, Parfum, Citronellol",
  essence: "Aqua, {extract}, Glycerin, Butylene Glycol, Sodium Hyaluronate, Niacinamide, Panthenol, Adenosine, Xanthan Gum, Phenoxyethanol",
  serum:
    "Aqua, {extract}, Glycerin, Niacinamide, Sodium Hyaluronate, Propanediol, Panthenol, Tocopherol, Carbomer, Ethylhexylglycerin, Phenoxyethanol",
  acid: "Aqua, Glycolic Acid, Lactic Acid, Salicylic Acid, {extract}, Propanediol, Sodium Hydroxide, Allantoin, Xanthan Gum, Phenoxyethanol",
  scrub:
    "Aqua, Sodium Laureth Sulfate, Prunus Armeniaca Seed Powder, Glycerin, {extract}, Cetearyl Alcohol, Carbomer, Phenoxyethanol, Parfum, Limonene",
  clay: "Aqua, Kaolin, Bentonite, Glycerin, {extract}, Alcohol Denat., Xanthan Gum, Phenoxyethanol, Parfum",
  "powder-wash": "Zea Mays Starch, Talc, {extract}, Sodium Cocoyl Isethionate, Papain, Allantoin, Parfum",
  "lip-balm": "Cera Alba, Ricinus Communis Seed Oil, {extract}, Butyrospermum Parkii Butter, Lanolin, Tocopherol, Aroma",
  salt: "Sodium Chloride, Sodium Bicarbonate, Citric Acid, {extract}, Parfum, CI 16255, Linalool",
  soap: "Sodium Palmate, Sodium Cocoate, Aqua, Glycerin, {extract}, Sodium Chloride, Titanium Dioxide, Parfum, Tetrasodium EDTA",
  deo: "Aqua, Aluminum Chlorohydrate, Alcohol Denat., Butane, Isobutane, Propane, Glycerin, Parfum, Limonene, Linalool",
  sun: "Aqua, Ethylhexyl Methoxycinnamate, Titanium Dioxide, Zinc Oxide, Octocrylene, Glycerin, {extract}, Dimethicone, Tocopheryl Acetate, Phenoxyethanol, Parfum",
  shampoo:
    "Aqua, Sodium Laureth Sulfate, Cocamidopropyl Betaine, Sodium Chloride, {extract}, Glycerin, Panthenol, Polyquaternium-10, Citric Acid, Methylisothiazolinone, Parfum, Limonene",
  conditioner:
    "Aqua, Cetearyl Alcohol, Behentrimonium Chloride, {extract}, Glycerin, Dimethicone, Panthenol, Hydrolyzed Keratin, Citric Acid, Phenoxyethanol, Parfum",
  "dry-shampoo": "Butane, Propane, Alcohol Denat., Oryza Sativa Starch, {extract}, Parfum, Linalool",
  silicone: "Cyclopentasiloxane, Dimethicone, {extract}, Tocopheryl Acetate, Parfum",
  styling: "Aqua, Alcohol Denat., PVP, Panthenol, Glycerin, Phenoxyethanol, Parfum, Limonene",
  toothpaste:
    "Aqua, Hydrated Silica, Sorbitol, Glycerin, Sodium Lauryl Sulfate, Xanthan Gum, Aroma, Sodium Fluoride, Sodium Saccharin, Limonene",
  lipstick: "Ricinus Communis Seed Oil, Cera Alba, Candelilla Cera, Octyldodecanol, Mica, Tocopherol, Lanolin, CI 77491, CI 15850, Parfum",
  gloss: "Polybutene, Octyldodecanol, Ricinus Communis Seed Oil, Silica, Mica, Tocopherol, CI 15850, Aroma",
  pencil: "Cera Alba, Hydrogenated Vegetable Oil, Talc, Mica, CI 77499, CI 77491, Tocopherol",
  mascara: "Aqua, Cera Alba, Copernicia Cerifera Cera, Stearic Acid, CI 77499, Panthenol, Phenoxyethanol, Methylparaben",
  powder: "Talc, Mica, Zinc Stearate, Kaolin, Dimethicone, CI 77491, CI 77492, CI 77891, Phenoxyethanol",
  foundation:
    "Aqua, Cyclopentasiloxane, Titanium Dioxide, Glycerin, Dimethicone, CI 77491, CI 77492, Sodium Hyaluronate, Phenoxyethanol, Parfum",
  polish: "Ethyl Acetate, Butyl Acetate, Nitrocellulose, Adipic Acid Copolymer, Isopropyl Alcohol, CI 15880, CI 77891, Silica",
  remover: "Acetone, Aqua, {extract}, Glycerin, Parfum",
  dye: "Aqua, Cetearyl Alcohol, Ammonium Hydroxide, p-Phenylenediamine, Resorcinol, Glycerin, Sodium Sulfite, Parfum",
  perfume: "Alcohol Denat., Parfum, Aqua, Limonene, Linalool, Coumarin, Geraniol, Citral, Benzyl Benzoate",
  detergent:
    "Aqua, Sodium Laureth Sulfate, Sodium C14-16 Olefin Sulfonate, Cocamidopropyl Betaine, Sodium Chloride, Citric Acid, Methylisothiazolinone, Parfum, Limonene",
  softener: "Aqua, Behentrimonium Chloride, Glycerin, Citric Acid, Methylisothiazolinone, Parfum, Linalool, Hexyl Cinnamal",
}
