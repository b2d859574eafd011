"""Tests of what is shipped: licences of what it needs."""
