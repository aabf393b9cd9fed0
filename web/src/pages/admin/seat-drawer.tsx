import Button from 'antd/es/button';
import Form from 'antd/es/form';
import Input from 'antd/es/input';
import Segmented from 'antd/es/segmented';
import Switch from 'antd/es/switch';
import { useState } from 'react';
import type { Phone, Seat } from '../../../../src/seats/schema.ts';
import { patch, post } from '../../net/api.ts';
import { queryClient } from '../../net/queries.ts';
import { OnceSecret } from '../../parts/once-secret.tsx';
import { useTry } from '../../parts/said.tsx';
import { SaveDrawer } from '../../parts/save-drawer.tsx';
import { toast } from '../../parts/toasts.tsx';
import { useWords } from '../../text/language.ts';
import { adminText } from './admin-text.ts';
import { useFieldProblems } from './field-problems.ts';
import { MembershipList } from './membership-list.tsx';

type Typed = Pick<Seat, 'id' | 'name' | 'phone' | 'queues' | 'autoAnswer' | 'enabled'> & {
  /** A new number of the telephone outside; empty keeps the one there is. */
  newNumber?: string;
};

const newSeat: Typed = {
  id: '',
  name: '',
  phone: 'browser',
  queues: [],
  autoAnswer: false,
  enabled: true,
};

/** One seat: its phone and its queues. */
export function SeatDrawer({ seat, onClose }: { seat: Seat | undefined; onClose: () => void }) {
  const t = useWords(adminText);
  const [form] = Form.useForm<Typed>();
  const [busy, setBusy] = useState(false);
  const show = useFieldProblems(form);
  const phone = Form.useWatch('phone', form);
  const save = async ({ id, enabled, newNumber, ...typed }: Typed) => {
    const rest = newNumber ? { ...typed, number: newNumber } : typed;
    setBusy(true);
    try {
      await (seat
        ? patch(`/seats/${seat.id}`, { ...rest, enabled })
        : post('/seats', { id, ...rest }));
      await queryClient.invalidateQueries({ queryKey: ['seats'] });
      toast(t.changed);
      onClose();
    } catch (error) {
      show(error);
    } finally {
      setBusy(false);
    }
  };
  const start: Typed = seat ?? newSeat;
  return (
    <SaveDrawer
      title={seat ? `${seat.id} ${seat.name}` : t.newSeat}
      busy={busy}
      onSave={form.submit}
      onClose={onClose}
    >
      <Form<Typed>
        form={form}
        layout="vertical"
        initialValues={start}
        onFinish={(typed) => void save(typed)}
      >
        {!seat && (
          <Form.Item
            name="id"
            label={t.seatId}
            extra={t.seatIdHelp}
            rules={[{ required: true, pattern: /^\d{3,6}$/, message: t.seatIdHelp }]}
          >
            <Input inputMode="numeric" maxLength={6} />
          </Form.Item>
        )}
        <Form.Item name="name" label={t.seatName} rules={[{ required: true }]}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="phone" label={t.phone}>
          <Segmented
            options={[
              { value: 'browser', label: t.browser },
              { value: 'sip', label: t.sip },
              { value: 'outside', label: t.outside },
            ]}
          />
        </Form.Item>
        {phone === 'outside' && <NumberField known={seat?.number ?? null} />}
        <Form.Item
          name="autoAnswer"
          label={t.autoAnswer}
          extra={t.autoAnswerHelp}
          valuePropName="checked"
        >
          <Switch />
        </Form.Item>
        <Form.Item name="queues" label={t.queues} extra={t.queuesHelp}>
          <MembershipList />
        </Form.Item>
        {seat && (
          <Form.Item name="enabled" label={t.enabled} valuePropName="checked">
            <Switch />
          </Form.Item>
        )}
      </Form>
      {seat && seat.phone !== 'outside' && <PhoneAccount seat={seat} />}
    </SaveDrawer>
  );
}

/** The number of a telephone at home; the one there is shows masked and stays when nothing is typed. */
function NumberField({ known }: { known: string | null }) {
  const t = useWords(adminText);
  return (
    <Form.Item
      name="newNumber"
      label={t.number}
      extra={t.numberHelp}
      rules={[{ required: known === null, pattern: /^\+?\d{3,20}$/, message: t.numberHelp }]}
    >
      <Input inputMode="tel" maxLength={21} placeholder={known ?? ''} />
    </Form.Item>
  );
}

function PhoneAccount({ seat }: { seat: Seat }) {
  const t = useWords(adminText);
  const attempt = useTry();
  const [phone, setPhone] = useState<Phone>();
  return (
    <section className="drawer-part">
      <h2>{t.phone}</h2>
      {seat.phone === 'browser' ? (
        <p className="faint">{t.browserPhoneHelp}</p>
      ) : phone ? (
        <OnceSecret
          title={t.phoneOnce}
          help={t.phoneHelp}
          lines={[
            [t.phoneServer, `${phone.domain}:${phone.port}`],
            [t.phoneUser, phone.user],
            [t.phonePassword, phone.password],
          ]}
        />
      ) : (
        <>
          <p className="faint">{t.phoneHelp}</p>
          <Button
            onClick={() =>
              attempt(async () => setPhone(await post<Phone>(`/seats/${seat.id}/phone`)))
            }
          >
            {t.newPhone}
          </Button>
        </>
      )}
    </section>
  );
}
