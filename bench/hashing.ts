// As many passwords hashed a second as people would sign in, in a process that serves nobody: what a machine's cores alone do to whoever else works on it.
import { hashPassword } from "@mila/kernel/passwords"

const PER_SECOND = Number(process.argv[2])
setInterval(() => void hashPassword("зелёная кастрюля на окне"), 1_000 / PER_SECOND)
