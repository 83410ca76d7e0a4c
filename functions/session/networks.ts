import { isIPv6 } from 'node:net'

/**
 * How many times as much a wider network may guess as a single one, from the narrowest to the widest. An IPv6 subscriber
 * has a /64 at least; many providers give a /56, and anybody may rent a /48, which has 65,536 of the narrowest.
 */
export const widths = [
  { hexDigits: 16, times: 1 },
  { hexDigits: 14, times: 4 },
  { hexDigits: 12, times: 16 },
] as const

/** The 32 hexadecimal digits of an IPv6 address. */
const digitsOf = (address: string): string => {
  // As URLs write it (WHATWG URL, "host serializing"): lower case, no leading zeros, an embedded IPv4 address in hexadecimal.
  const [left = '', right] = new URL(`http://[${address.split('%')[0]}]`).hostname.slice(1, -1).split('::')
  const groups = left.split(':').filter(Boolean)
  const after = right?.split(':').filter(Boolean) ?? []
  while (right !== undefined && groups.length + after.length < 8) groups.push('0')
  return [...groups, ...after].map(group => group.padStart(4, '0')).join('')
}

/**
 * The networks of an address, the narrowest first: of IPv6 its /64, /56 and /48, of IPv4 the address itself. An IPv4
 * address that is written as IPv6 (`::ffff:192.0.2.1`) is the IPv4 address.
 */
export const networksOf = (address: string): readonly string[] => {
  if (!isIPv6(address)) return [address]
  const digits = digitsOf(address)
  const embedded = /^0{20}ffff([0-9a-f]{8})$/.exec(digits)?.[1]
  if (embedded) return [(embedded.match(/../g) ?? []).map(byte => Number.parseInt(byte, 16)).join('.')]
  return widths.map(({ hexDigits }) => `${digits.slice(0, hexDigits)}/${hexDigits * 4}`)
}

/** The network by which a place is known where somebody signed in before: what one subscriber of a provider has. */
export const placeOf = (networks: readonly string[]): string => networks[1] ?? networks[0] ?? ''
