/** Whom to turn to. Texts are in the territory's first language; `form` is an https address. */
export type Contact = {
  readonly name?: string
  /** As on an envelope, its lines parted by commas. */
  readonly address?: string
  readonly phone?: string
  readonly email?: string
  readonly form?: string
}

/**
 * An audit of conformity. Fields as the RGAA 4.1 asks for them in the accessibility statement, whose form it prescribes.
 * Source: RGAA 4.1, "Contenu de la déclaration d'accessibilité".
 */
export type AccessibilityAudit = {
  /** Who carried it out. */
  readonly by: string
  /** `2026-10-15`. */
  readonly on: string
  /** Percent of the RGAA's criteria that are met. */
  readonly met: number
  /** Where its report can be read: an https address. */
  readonly report?: string
  /** Browsers with screen readers, tools, and pages that were tested. */
  readonly readers: readonly string[]
  readonly tools: readonly string[]
  readonly pages: readonly string[]
}

/** How far a service meets the RGAA: all of its criteria, half of them or more, fewer or not known. */
export type Conformity = 'full' | 'partial' | 'none'

/** What an accessibility statement says that the territory alone knows. */
export type Accessibility = {
  readonly conformity: Conformity
  /** Without a valid one the RGAA knows no conformity but `none`. */
  readonly audit?: AccessibilityAudit
  /** What is not accessible: against the RGAA; for a disproportionate burden, with its reason; outside the obligation. */
  readonly failing?: readonly string[]
  readonly exempted?: readonly string[]
  readonly outside?: readonly string[]
  /** https addresses of the plan over several years, and of this year's actions. */
  readonly plan?: string
  readonly actions?: string
  /** Days on which the statement was made, and last changed: `2026-10-20`. */
  readonly stated?: string
  readonly changed?: string
  /** Who answers those who cannot reach something. */
  readonly contact?: Contact
}

/**
 * Who answers for a territory's service: what the app's pages of help, legal notice, personal data and accessibility say
 * of it. Everything may be absent; the pages then say that the territory has not given it.
 */
export type About = {
  /** What people call it, on the sign-in page: `Espace numérique du Val-de-Brume`. */
  readonly name?: string
  /** Where people find help that their school cannot give. `hours`: when somebody answers. */
  readonly help?: Contact & { readonly hours?: string }
  /** The legal notice of the loi n° 2004-575: publisher, director of publication, host. `number`: of the register. */
  readonly publisher?: Contact & { readonly number?: string }
  readonly director?: string
  readonly host?: Contact
  /** Where the source of the running version can be had, as the AGPL asks of a changed one: an https address. */
  readonly source?: string
  /** Articles 13 and 14 of the GDPR: controller, data protection officer, legal basis, how long accounts and contents stay. */
  readonly controller?: Contact
  readonly officer?: Contact
  readonly basis?: string
  readonly retention?: readonly string[]
  readonly accessibility?: Accessibility
}
