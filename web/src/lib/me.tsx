import { useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext } from 'react'
import type { Me } from '../../../src/http/shapes/session.ts'
import { ApiError, pageOf, sessionClient } from './api.ts'
import { isAsking, setAsking } from './gone.ts'

const Context = createContext<Me | undefined>(undefined)

/** Who is signed in; undefined while nobody is. */
export const useSignedIn = () =>
  useQuery({
    queryKey: ['me'],
    queryFn: async (): Promise<Me | null> => {
      try {
        return (await (await sessionClient.me.$get()).json()) as Me
      } catch (error) {
        if (error instanceof ApiError && error.status === 401 && !isAsking()) return null
        throw error
      }
    },
    refetchInterval: 5 * 60_000,
  })

export const MeProvider = ({ me, children }: { me: Me; children: ReactNode }) => {
  // Before the pages in it ask for anything.
  pageOf(me.person.id)
  return <Context.Provider value={me}>{children}</Context.Provider>
}

/** Who is signed in, on a page that only people who are ever see. */
export const useMe = (): Me => {
  const me = useContext(Context)
  if (!me) throw new Error('useMe outside of MeProvider')
  return me
}

/** Forgets everything that was read, and asks again who is signed in. */
export const useSignOut = () => {
  const queries = useQueryClient()
  return async () => {
    // Nobody is asked to sign in again who has just signed out.
    setAsking(false)
    try {
      await sessionClient.session.$delete()
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 401)) throw error
    }
    queries.clear()
    window.location.assign('/signin?out=1')
  }
}
