import Button from 'antd/es/button';
import Segmented from 'antd/es/segmented';
import { useState } from 'react';
import { post } from '../../net/api.ts';
import { refresh, useAlerts } from '../../net/leading.ts';
import { Blank, Failure, Waiting } from '../../parts/blank.tsx';
import { useTry } from '../../parts/said.tsx';
import { useWords } from '../../text/language.ts';
import { leadingText } from '../../text/leading-text.ts';
import { AlertRows } from './alert-rows.tsx';

/** Alerts that are up, and those that were. */
export function AlertsPart() {
  const t = useWords(leadingText);
  const attempt = useTry();
  const [isPast, setPast] = useState(false);
  const alerts = useAlerts(isPast);
  const unseen = (alerts.data ?? []).filter((row) => row.acknowledgedAt === null && !isPast);
  return (
    <section className="card side-card shift-list">
      <header className="shift-head">
        <Segmented<boolean>
          aria-label={t.parts.alerts}
          size="small"
          value={isPast}
          onChange={setPast}
          options={[
            { value: false, label: t.open },
            { value: true, label: t.history },
          ]}
        />
        {unseen.length > 1 && (
          <Button
            size="small"
            onClick={() =>
              attempt(() =>
                post('/floor/alerts/acknowledge', { ids: unseen.map(({ id }) => id) }).then(() =>
                  refresh('alerts'),
                ),
              )
            }
          >
            {t.seen} ({unseen.length})
          </Button>
        )}
      </header>
      {alerts.isError ? (
        <Failure error={alerts.error} retry={() => void alerts.refetch()} />
      ) : alerts.isPending ? (
        <Waiting />
      ) : alerts.data.length === 0 ? (
        <Blank title={t.noAlerts} help={t.noAlertsHelp} />
      ) : (
        <AlertRows rows={alerts.data} />
      )}
    </section>
  );
}
