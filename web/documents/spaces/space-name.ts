import { useCallback } from 'react'
import { useTexts } from '../../platform/catalogue.ts'
import type { ReaderSpace } from '../data/spaces.ts'
import { texts } from '../texts.ts'

/** What a space is called: that of a class by its class, one's own by its owner. */
export const useSpaceName = (): ((space: Pick<ReaderSpace, 'label'>) => string) => {
  const t = useTexts(texts)
  return useCallback(({ label }) => label ?? t('documents.mine'), [t])
}
