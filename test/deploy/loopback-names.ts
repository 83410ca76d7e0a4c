import dns from 'node:dns'

/**
 * Loaded into every function that the emulator runs: names under `.localhost` are the loopback's (RFC 6761, 6.3), which
 * not every machine's resolver knows. The SDK puts the account before the host of the key-value store:
 * `000000000000.localhost`.
 */
const lookup = dns.lookup
const onLoopback = (name: string, ...rest: unknown[]): unknown =>
  Reflect.apply(lookup, dns, [name.endsWith('.localhost') ? '127.0.0.1' : name, ...rest])
Object.assign(dns, { lookup: onLoopback })
