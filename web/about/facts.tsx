import { Fragment, type ReactNode } from 'react'
import type { Contact } from '../../shared/kernel/about.ts'
import { useTexts } from '../platform/catalogue.ts'
import { currentLanguage, languages } from '../platform/language.ts'
import { spaced } from '../ui/spaces.ts'
import styles from './about.module.css'
import { texts } from './texts.ts'

/** What the territory wrote, in its own language. */
export const Own = ({ children }: { readonly children: string }) => (
  <span lang={languages[0] === currentLanguage() ? undefined : languages[0]}>{spaced(children)}</span>
)

/** In the place of what the territory has not given. */
export const Missing = () => <em className={styles.missing}>{useTexts(texts)('about.missing')}</em>

/** A link out of the app, which takes nothing along of where one was. */
export const Out = ({ to, children }: { readonly to: string; readonly children?: ReactNode }) => (
  <a href={to} rel="noreferrer">
    {children ?? to.replace(/^https:\/\//, '')}
  </a>
)

export type Fact = readonly [label: string, value: ReactNode | undefined]

/** Labels and values. What has no value is said to be missing. */
export const Facts = ({ of }: { readonly of: readonly Fact[] }) => (
  <dl className={styles.facts}>
    {of.map(([label, value]) => (
      <Fragment key={label}>
        <dt>{label}</dt>
        <dd>{value ?? <Missing />}</dd>
      </Fragment>
    ))}
  </dl>
)

/** The parts of a contact that must be said, and those that are said where they are given. */
type ContactPart = keyof Contact

/** A contact as facts: the parts that are `needed`, missing ones too, and any other that is given. */
export const useContactFacts = (contact: Contact = {}, needed: readonly ContactPart[] = ['name']): readonly Fact[] => {
  const t = useTexts(texts)
  const { name, address, phone, email, form } = contact
  const values: Readonly<Record<ContactPart, ReactNode | undefined>> = {
    name: name && <Own>{name}</Own>,
    address: address && <Own>{address}</Own>,
    phone: phone && <a href={`tel:${phone.replace(/[^+\d]/g, '')}`}>{phone}</a>,
    email: email && <a href={`mailto:${email}`}>{email}</a>,
    form: form && <Out to={form} />,
  }
  return (Object.keys(values) as ContactPart[])
    .filter(part => values[part] || needed.includes(part))
    .map(part => [t(`about.contact.${part}`), values[part] || undefined])
}

/** What the territory lists, or what there is to say where it lists nothing. */
export const Listed = ({
  of,
  otherwise,
}: {
  readonly of: readonly string[] | undefined
  readonly otherwise: ReactNode
}) =>
  of && of.length > 0 ? (
    <ul>
      {of.map(one => (
        <li key={one}>
          <Own>{one}</Own>
        </li>
      ))}
    </ul>
  ) : (
    <p>{otherwise}</p>
  )
