// the same rule as the server's, so that both say no to the same texts, and to no receipt's УИ that has such digits in it by chance
export { holdsBankCardNumber as looksLikeBankCard } from "@mila/kernel/bank-card-guard"
