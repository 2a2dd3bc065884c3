"""What tests share: a made-up store, a clock that can be set, and facts made by hand."""
