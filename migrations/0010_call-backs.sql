ALTER TABLE `call_back_requests` ADD `isMissed` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `call_back_requests` ADD `state` text DEFAULT 'listed' NOT NULL;--> statement-breakpoint
ALTER TABLE `call_back_requests` ADD `backId` text;--> statement-breakpoint
ALTER TABLE `call_back_requests` ADD `attempts` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `call_back_requests` ADD `nextAt` integer;--> statement-breakpoint
ALTER TABLE `call_back_requests` ADD `lastFailure` text;--> statement-breakpoint
CREATE INDEX `call_back_requests_caller` ON `call_back_requests` (`caller`,`doneAt`);--> statement-breakpoint
CREATE INDEX `call_back_requests_back` ON `call_back_requests` (`backId`);--> statement-breakpoint
ALTER TABLE `calls` ADD `callBackOf` text;--> statement-breakpoint
ALTER TABLE `figure_sums` ADD `callBacks` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `figure_sums` ADD `callBacksReached` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `figure_sums` ADD `callBacksFailed` integer DEFAULT 0 NOT NULL;