import { Session } from 'node:inspector/promises'
import { fileURLToPath } from 'node:url'
import { root } from '../../lib/platform/root.ts'

/** Functions without a name are left out: among them are the getters of a module's exports, which only look it up. */
const isRun = ({ functionName, ranges: [whole] }: { functionName: string; ranges: readonly { count: number }[] }) =>
  functionName !== '' && (whole?.count ?? 0) > 0

/** The project's files, without those of tests, of which a function is executed while `work` is done. */
export const executedDuring = async (work: () => Promise<unknown>): Promise<readonly string[]> => {
  const session = new Session()
  session.connect()
  try {
    await session.post('Profiler.enable')
    await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false })
    await session.post('Profiler.takePreciseCoverage')
    await work()
    const { result } = await session.post('Profiler.takePreciseCoverage')
    return result
      .filter(({ functions }) => functions.some(isRun))
      .map(({ url }) => (url.startsWith('file:') ? fileURLToPath(url) : url))
      .filter(path => path.startsWith(root))
      .map(path => path.slice(root.length).replace(/^\//, ''))
      .filter(path => /^(bin|lib|functions|shared|web)\//.test(path))
      .sort()
  } finally {
    session.disconnect()
  }
}
