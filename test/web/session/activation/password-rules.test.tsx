import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { PasswordRules } from '../../../../web/session/activation/password-rules.tsx'

/** What is said of a password, a sentence a rule. */
const said = (password: string, context: readonly string[] = ['lea.martin']): readonly string[] => {
  i18n.activate('fr')
  const html = renderToStaticMarkup(
    <I18nProvider i18n={i18n}>
      <PasswordRules password={password} context={context} />
    </I18nProvider>,
  )
  return [...html.matchAll(/<span>([^<]*)<\/span>/g)].map(([, text = '']) => text)
}

const [long, hard] = ['12 caractères ou plus', 'Difficile à deviner']
const common = 'Facile à deviner\u00a0: c’est parmi les premiers que l’on essaie'

describe('<PasswordRules>', () => {
  it('lists the rules before anything is typed', () => {
    expect(said('')).toEqual([long, hard])
  })

  it.each([
    ['a', 'encore 11 caractères'],
    ['onze lettre', 'encore 1 caractère'],
    // Counted as people do: one letter is one, whatever its accent is made of.
    ['e\u0301'.repeat(11), 'encore 1 caractère'],
    ['🐎'.repeat(3), 'encore 9 caractères'],
  ])('says of %s what is missing: %s', (password, missing) => {
    expect(said(password)).toEqual([`${long}, ${missing}`, hard])
  })

  it.each(['motdepasse1234', 'lea.martin2014', 'azertyuiop123'])('says that %s is easy to guess', password => {
    expect(said(password)).toEqual([long, common])
  })

  it('accepts a few unrelated words', () => {
    expect(said('quatre chevaux sans bride')).toEqual([long, hard])
  })
})
