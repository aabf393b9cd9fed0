ALTER TABLE `messages` ADD `failure` text;--> statement-breakpoint
CREATE INDEX `messages_kind` ON `messages` (`state`,`kind`,`createdAt`);--> statement-breakpoint
ALTER TABLE `orders` ADD `withdrawalAt` integer;--> statement-breakpoint
CREATE INDEX `orders_withdrawals` ON `orders` (`withdrawalAt`) WHERE "withdrawalAt" IS NOT NULL;