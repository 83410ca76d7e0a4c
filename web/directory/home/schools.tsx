import { Fragment } from 'react'
import { useTexts } from '../../platform/catalogue.ts'
import { AccountsOfSchool } from './accounts.tsx'
import { ImportsOfSchool } from './imports.tsx'
import { texts } from './schools-texts.ts'

export type SchoolsProps = {
  /** `isAdministrator`: they look after its accounts, and not only answer its imports. */
  readonly of: readonly { readonly uai: string; readonly name: string; readonly isAdministrator: boolean }[]
}

/** What waits in the directories that somebody looks after, a school after the other. */
export const Schools = ({ of }: SchoolsProps) => {
  const t = useTexts(texts)
  const headed = (what: string, school: string) => (of.length > 1 ? t('directory.home.of', { what, school }) : what)
  return of.map(({ uai, name, isAdministrator }) => (
    <Fragment key={uai}>
      <ImportsOfSchool uai={uai} title={headed(t('directory.home.imports'), name)} isWhole={isAdministrator} />
      {isAdministrator && <AccountsOfSchool uai={uai} title={headed(t('directory.home.accounts'), name)} />}
    </Fragment>
  ))
}
