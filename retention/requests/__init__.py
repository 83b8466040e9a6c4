"""Requests of the people whom the papers speak of (个人信息保护法 art. 44-47): access, correction, deletion, each with a clock.

Principle that must never break: who asks is told nothing of others, and nothing that must be kept is destroyed for it.
"""
