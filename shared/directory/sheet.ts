import { byLabel, byName, listName, spokenName } from '../kernel/names.ts'
import { type Role, roles } from '../kernel/role.ts'
import type { IssuedCode } from './contract.ts'

/**
 * The sheet on which codes are handed out: the same from the command and from the web. Strips to cut, each handed to a
 * child or an adult; a guardian's goes home with a child, so that it is found under the child.
 */

/** Strips of a page: two beside each other, five rows of 53 mm on A4. */
export const stripsAPage = 10

export type Strip = {
  readonly person: string
  /** The class whose teacher hands it out; absent for adults of the school. */
  readonly className?: string
  /** Whom it is found under: the pupil, the guardian's first child, or the adult. */
  readonly under: string
  /** The guardian it is for, as people say the name; absent for the one it is found under. */
  readonly to?: string
  /** The guardian's other children in the school: `Lucas Barbier, 3e A`. */
  readonly alsoOf: readonly string[]
  readonly role: Role
  readonly login: string
  /** In three groups parted by spaces, since a line that ends at a hyphen leaves open whether it belongs to the code. */
  readonly code: string
  readonly expiresAt: string
}

export type SheetPage = {
  readonly role: Role
  readonly classes: readonly string[]
  readonly strips: readonly Strip[]
}

/** The child that a guardian's code is handed over through; undefined for everybody else. */
const throughChild = ({ role, children }: IssuedCode) => (role === 'guardian' ? children[0] : undefined)

/** The order in which codes are handed out: by role (pupils, guardians, staff), class, child or name, then login. */
export const byHanding = (a: IssuedCode, b: IssuedCode): number => {
  const [firstA, firstB] = [throughChild(a) ?? a, throughChild(b) ?? b]
  return (
    roles.indexOf(a.role) - roles.indexOf(b.role) ||
    byLabel(firstA.className ?? '', firstB.className ?? '') ||
    byName(firstA, firstB) ||
    byName(a, b) ||
    byLabel(a.login, b.login)
  )
}

const stripOf = (issued: IssuedCode): Strip => {
  const child = throughChild(issued)
  const className = child ? child.className : issued.className
  return {
    person: issued.person,
    role: issued.role,
    ...(className !== undefined && ['pupil', 'guardian'].includes(issued.role) && { className }),
    under: listName(child ?? issued),
    ...(child && { to: spokenName(issued) }),
    alsoOf: child
      ? issued.children.slice(1).map(one => [spokenName(one), one.className].filter(Boolean).join(', '))
      : [],
    login: issued.login,
    code: issued.code.replaceAll('-', ' '),
    expiresAt: issued.expiresAt,
  }
}

/** Codes as the pages of a sheet: each role begins a page, classes follow one another. */
export const sheetOf = (issued: readonly IssuedCode[]): SheetPage[] => {
  const strips = [...issued].sort(byHanding).map(stripOf)
  return roles.flatMap(role => {
    const ofRole = strips.filter(strip => strip.role === role)
    return Array.from({ length: Math.ceil(ofRole.length / stripsAPage) }, (_, at) => {
      const some = ofRole.slice(at * stripsAPage, (at + 1) * stripsAPage)
      return { role, strips: some, classes: [...new Set(some.flatMap(({ className }) => className ?? []))] }
    })
  })
}

/**
 * The address that a sheet's QR code holds: activation with the login filled in. The login stands in the fragment, which
 * no server sees. The code is not in it: a photo of the sheet's QR code must not open the account.
 * @param origin the territory's: `https://ent.example`
 */
export const activationAddress = (origin: string, login: string): string =>
  `${origin}/activate#login=${encodeURIComponent(login)}`

/** A QR code's modules as an SVG path of unit squares, runs of a row joined. */
export const pathOf = (modules: readonly (readonly boolean[])[]): string =>
  modules
    .flatMap((row, y) =>
      [
        ...row
          .map(dark => (dark ? '1' : '0'))
          .join('')
          .matchAll(/1+/g),
      ].map(({ index, 0: run }) => `M${index} ${y}h${run.length}v1h-${run.length}z`),
    )
    .join('')
