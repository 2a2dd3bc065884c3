"""The hand that prints: labels, agreements, receipts and lists as PDF, proven by reading them back."""
