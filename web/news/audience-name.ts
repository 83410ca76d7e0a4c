import { useCallback } from 'react'
import type { AudienceKind } from '../../shared/kernel/audience.ts'
import { useTexts } from '../platform/catalogue.ts'
import { texts } from './texts.ts'

type Named = { readonly kind: AudienceKind; readonly label: string }

/** Names an audience: `Responsables · 6e A`, or `Tous les élèves` without the name of the school. */
export const useAudienceName = (): ((audience: Named) => string) => {
  const t = useTexts(texts)
  return useCallback(({ kind, label }) => t(`news.audience.${kind}`, { label }), [t])
}
