/** Bodies that people may turn to. Addresses as the RGAA 4.1 (its model of a statement) and the CNIL give them, 2026-11. */
export const defender = {
  form: 'https://formulaire.defenseurdesdroits.fr/',
  delegates: 'https://www.defenseurdesdroits.fr/saisir/delegues',
  post: 'Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07',
} as const

export const cnil = {
  form: 'https://www.cnil.fr/fr/plaintes',
  post: 'CNIL, 3 place de Fontenoy, TSA 80715, 75334 Paris CEDEX 07',
} as const
