/** 2026-04-20 10:00, in the office's zone: in a table, where moments stand under each other. */
export const when = (iso: string, zone: string): string =>
  new Intl.DateTimeFormat('sv-SE', {
    ...{ timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
  }).format(new Date(iso))
