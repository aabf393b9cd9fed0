CREATE TABLE `audit` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`personId` text,
	`personName` text NOT NULL,
	`ip` text NOT NULL,
	`action` text NOT NULL,
	`subject` text NOT NULL,
	`detail` text NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `audit_subject` ON `audit` (`subject`,`seq`);--> statement-breakpoint
CREATE INDEX `audit_person` ON `audit` (`personId`,`seq`);--> statement-breakpoint
CREATE TABLE `call_back_requests` (
	`callId` text PRIMARY KEY NOT NULL,
	`caller` text NOT NULL,
	`queueId` text NOT NULL,
	`language` text NOT NULL,
	`requestedAt` integer NOT NULL,
	`doneAt` integer,
	`doneBy` text
);
--> statement-breakpoint
CREATE INDEX `call_back_requests_open` ON `call_back_requests` (`doneAt`,`requestedAt`);--> statement-breakpoint
CREATE TABLE `calls` (
	`id` text PRIMARY KEY NOT NULL,
	`entryId` text NOT NULL,
	`caller` text NOT NULL,
	`dialled` text NOT NULL,
	`language` text NOT NULL,
	`channelId` text NOT NULL,
	`arrivedAt` integer NOT NULL,
	`choice` text,
	`queueId` text,
	`priority` integer DEFAULT 0 NOT NULL,
	`queuedAt` integer,
	`connectedAt` integer,
	`talkEndedAt` integer,
	`endedAt` integer,
	`seatId` text,
	`agentId` text,
	`waitedMs` integer,
	`ringMs` integer,
	`talkMs` integer,
	`heldMs` integer DEFAULT 0 NOT NULL,
	`endedBy` text,
	`ratingAskedAt` integer,
	`rating` integer,
	`note` text DEFAULT '' NOT NULL,
	`resultCode` text,
	`ending` text,
	`stage` text,
	`stageData` text
);
--> statement-breakpoint
CREATE INDEX `calls_arrived` ON `calls` (`arrivedAt`);--> statement-breakpoint
CREATE INDEX `calls_caller` ON `calls` (`caller`,`arrivedAt`);--> statement-breakpoint
CREATE INDEX `calls_queue` ON `calls` (`queueId`,`arrivedAt`);--> statement-breakpoint
CREATE INDEX `calls_agent` ON `calls` (`agentId`,`arrivedAt`);--> statement-breakpoint
CREATE INDEX `calls_live` ON `calls` (`stage`);--> statement-breakpoint
CREATE TABLE `events` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`callId` text,
	`seatId` text,
	`agentId` text,
	`queueId` text,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `events_call` ON `events` (`callId`,`seq`);--> statement-breakpoint
CREATE INDEX `events_at` ON `events` (`at`);--> statement-breakpoint
CREATE INDEX `events_agent` ON `events` (`agentId`,`at`);--> statement-breakpoint
CREATE TABLE `hotline_versions` (
	`version` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`body` text NOT NULL,
	`at` integer NOT NULL,
	`personId` text,
	`why` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `people` (
	`id` text PRIMARY KEY NOT NULL,
	`login` text NOT NULL,
	`name` text NOT NULL,
	`staffNo` text NOT NULL,
	`team` text DEFAULT '' NOT NULL,
	`roles` text NOT NULL,
	`passwordHash` text NOT NULL,
	`mustChangePassword` integer DEFAULT true NOT NULL,
	`failedSignIns` integer DEFAULT 0 NOT NULL,
	`lockedUntil` integer,
	`disabledAt` integer,
	`createdAt` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `people_login` ON `people` (`login`);--> statement-breakpoint
CREATE UNIQUE INDEX `people_staff_no` ON `people` (`staffNo`);--> statement-breakpoint
CREATE TABLE `recordings` (
	`id` text PRIMARY KEY NOT NULL,
	`callId` text NOT NULL,
	`seatId` text NOT NULL,
	`agentId` text NOT NULL,
	`startedAt` integer NOT NULL,
	`state` text NOT NULL,
	`file` text,
	`sha256` text,
	`durationMs` integer,
	`bytes` integer,
	`failure` text
);
--> statement-breakpoint
CREATE INDEX `recordings_call` ON `recordings` (`callId`);--> statement-breakpoint
CREATE INDEX `recordings_started` ON `recordings` (`startedAt`);--> statement-breakpoint
CREATE TABLE `seat_states` (
	`seatId` text PRIMARY KEY NOT NULL,
	`agentId` text NOT NULL,
	`state` text NOT NULL,
	`since` integer NOT NULL,
	`reason` text,
	`callId` text,
	`until` integer
);
--> statement-breakpoint
CREATE TABLE `seats` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`phone` text NOT NULL,
	`queues` text NOT NULL,
	`enabled` integer DEFAULT true NOT NULL,
	`createdAt` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`personId` text NOT NULL,
	`createdAt` integer NOT NULL,
	`lastSeenAt` integer NOT NULL,
	`expiresAt` integer NOT NULL,
	`ip` text NOT NULL,
	`userAgent` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `sessions_person` ON `sessions` (`personId`);